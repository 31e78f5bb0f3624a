"""The web app: pages for a browser over one lake, on this machine, without a foreign request."""
