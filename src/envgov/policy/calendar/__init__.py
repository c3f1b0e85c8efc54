"""The calendar: cadences (周期), deadlines (时限) and working days (工作日)."""
