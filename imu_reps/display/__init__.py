"""What people see and hear: plain lines, tables, the report, the live screen, sounds; keys, too."""
