"""Updates in: polling or webhook, the inbox, and the election of a leader."""
