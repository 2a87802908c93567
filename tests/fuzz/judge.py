"""What one answer may cost, and what it may not be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

MOST_CPU_S = 2.0  # of the process that answers
LARGEST_ANSWER = 2_000_000  # bytes
REFUSED_LARGEST = 1_000_000  # bytes of an answer that says no: an area may come back cut to what lies inside


@dataclass
class Judge:
    """`faults` in words; `slowest` the CPU seconds of the dearest answers by name."""

    tried: int = 0
    faults: list[str] = field(default_factory=list)
    slowest: dict[str, float] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)

    def judge(self, name: str, status: int, size: int, cpu_s: float) -> None:
        self.tried += 1
        self.statuses[status] += 1
        if status >= 500 and status != 501:  # 501: the server knows no such method
            self.faults.append(f"{name}: {status}")
        if cpu_s > MOST_CPU_S:
            self.faults.append(f"{name}: {cpu_s:.1f} s of CPU")
        if size > (LARGEST_ANSWER if status < 400 else REFUSED_LARGEST):
            self.faults.append(f"{name}: an answer of {size} bytes")
        self.slowest[name] = max(cpu_s, self.slowest.get(name, 0.0))

    def report(self, peaks_mib: Mapping[str, float]) -> dict[str, Any]:
        dearest = sorted(self.slowest.items(), key=lambda item: -item[1])[:10]
        return {
            "tried": self.tried,
            "faults": len(self.faults),
            "statuses": {str(status): count for status, count in sorted(self.statuses.items())},
            "dearest_cpu_s": {name: round(seconds, 2) for name, seconds in dearest},
            "peak_mib": {name: round(peak) for name, peak in peaks_mib.items()},
        }
