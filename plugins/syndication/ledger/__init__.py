"""What must not be lost: entries, attempts, receipts and the chain of events."""
