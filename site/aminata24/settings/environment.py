"""Where settings come from: environment variables, or a file of them for the machine at hand."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parents[3]

env = environ.Env()
# Real environment variables win over the file.
environ.Env.read_env(env.path("ENV_FILE", default=str(ROOT / "var" / "env"))())
