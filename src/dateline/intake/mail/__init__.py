"""Mail and pages saved as mail: EML, mailboxes, MHTML."""
