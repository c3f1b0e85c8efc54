"""Papers that people hold in their hands."""
