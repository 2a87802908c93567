from __future__ import annotations

import argparse
import sys
from pathlib import Path

from infra.local.identity.issuer import Issuer
from infra.local.identity.server import Identity
from infra.local.processes import StartError
from infra.local.stand_in import listen, serve


def main() -> None:
    parser = argparse.ArgumentParser(prog="infra.local.identity", description="Google's identity, locally")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--project", required=True)
    parser.add_argument("--keys", type=Path, required=True, help="folder of the signing key")
    options = parser.parse_args()
    try:
        listener = listen(options.port)
    except StartError as error:
        sys.exit(str(error))
    serve(Identity(Issuer(options.keys), options.project).app(), listener)


if __name__ == "__main__":
    main()
