"""Renderers of a brief: JSON, Hugo page bundle, HTML, terminal. They lay out and never compute."""
