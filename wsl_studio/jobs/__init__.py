"""What is open, who writes, and the processes that do what can hurt."""
