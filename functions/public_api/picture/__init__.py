"""The picture of a link preview, drawn without a graphics library: messengers show no SVG."""
