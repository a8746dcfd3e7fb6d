"""All sentences that users read, in every language, and the cards made of them."""
