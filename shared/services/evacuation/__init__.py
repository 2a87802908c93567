"""All addresses inside an extreme alert, for the fire brigade. Switched off: no route leads here."""
