"""Opening, reading, losing and explaining serial ports; nobody else imports serial."""
