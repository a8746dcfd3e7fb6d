"""Every sentence that a person reads, and the facts they are filled with."""
