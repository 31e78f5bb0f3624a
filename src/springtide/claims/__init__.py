"""The claim: one statement about one metric of one instrument, measured, read or verified."""
