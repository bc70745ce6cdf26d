"""Data only: icons, fonts, programme presets, sample names."""
