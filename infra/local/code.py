"""Prints the authenticator code of a demonstration account: python -m infra.local.code anna."""

from __future__ import annotations

import sys
import time

from infra.local.accounts import STAFF
from infra.local.auth_factors import DRIFT, PERIOD, Factor, FactorStore
from infra.local.stack_state import State


def sentence(factor: Factor, now: float) -> str:
    """The code to type now; one that was used is never accepted again."""
    step = factor.next_step(now)
    if (wait := (step - DRIFT) * PERIOD - now) > 0:
        return f"Every code valid now was used. Ask again in {wait:.0f} seconds."
    left = (step + 1) * PERIOD - now
    return f"{factor.code(step)}  (holds for {left:.0f} seconds, once)"


def main() -> int:
    names = ", ".join(STAFF)
    member = STAFF.get(sys.argv[1]) if len(sys.argv) == 2 else None
    if member is None:
        print(f"Say whose: make code STAFF=<one of {names}>", file=sys.stderr)
        return 2
    state = State.default()
    factors = FactorStore(state.factors).of(member.uid) if state.factors.exists() else []
    if not factors:
        print("There is no such account yet: start the stack with `make up`.", file=sys.stderr)
        return 1
    print(f"{member.name} ({member.email}): {sentence(factors[-1], time.time())}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
