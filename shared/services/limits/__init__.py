"""How often one person or one address may ask."""
