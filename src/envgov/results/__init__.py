"""What was decided: values that outlive the facts."""
