"""What people read: plain lines, tables."""
