"""The project package: settings, URLs and the apps that surround the journalism."""
