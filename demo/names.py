"""Names of the invented municipality: usual ones in Poland, none of them a real gmina's."""

from __future__ import annotations

from dataclasses import dataclass

TOWN = "Regionalna"


@dataclass(frozen=True)
class StreetName:
    """As ULIC writes it: kind, main part, and what stands before the main part."""

    kind: str
    main: str
    before: str = ""

    @property
    def short(self) -> str:
        """As an address says it, without the kind of a plain street."""
        return f"{self.before} {self.main}".strip()

    @property
    def full(self) -> str:
        return f"{self.kind} {self.short}"


def _street(text: str) -> StreetName:
    before, _, main = text.rpartition("|")
    return StreetName("ul.", main, before)


MAIN_STREET = _street("Główna")

# fmt: off
TOWN_STREETS = [
    _street(text)
    for text in (
        "Rynkowa", "Tadeusza|Kościuszki", "Adama|Mickiewicza", "Juliusza|Słowackiego",
        "Henryka|Sienkiewicza", "3 Maja", "11 Listopada", "Szkolna", "Kościelna", "Parkowa",
        "Ogrodowa", "Polna", "Leśna", "Łąkowa", "Słoneczna", "Kwiatowa", "Lipowa", "Brzozowa",
        "Dębowa", "Klonowa", "Akacjowa", "Jesionowa", "Sosnowa", "Świerkowa", "Wierzbowa",
        "Kasztanowa", "Jana|Kochanowskiego", "Mikołaja|Reja", "Marii|Konopnickiej",
        "Elizy|Orzeszkowej", "Bolesława|Prusa", "Stefana|Żeromskiego", "Władysława|Reymonta",
        "Fryderyka|Chopina", "Stanisława|Moniuszki", "Mikołaja|Kopernika", "Jana|Matejki",
        "gen. Władysława|Sikorskiego", "gen. Józefa|Bema", "marsz. Józefa|Piłsudskiego",
        "ks. Jerzego|Popiełuszki", "Marii|Skłodowskiej-Curie", "Kolejowa", "Dworcowa", "Fabryczna",
        "Przemysłowa", "Młyńska", "Wodna", "Mostowa", "Nadrzeczna", "Spokojna", "Cicha", "Zielona",
        "Wiosenna", "Letnia", "Jesienna", "Tęczowa", "Pogodna", "Strażacka", "Targowa", "Sportowa",
        "Rzemieślnicza", "Garncarska", "Ceglana", "Piaskowa", "Gliniana", "Źródlana", "Stawowa",
        "Działkowa", "Sadowa", "Wiśniowa", "Jabłoniowa", "Malinowa", "Różana", "Jaśminowa",
        "Konwaliowa", "Wrzosowa", "Tulipanowa", "Storczykowa", "Fiołkowa", "Makowa", "Chabrowa",
    )
]

VILLAGE_STREETS = [
    _street(text)
    for text in (
        "Wiejska", "Regionalna", "Szkolna", "Polna", "Leśna", "Łąkowa", "Ogrodowa", "Kościelna",
        "Spokojna", "Słoneczna", "Zielona", "Kwiatowa", "Lipowa", "Brzozowa", "Sosnowa",
        "Strażacka", "Kasztanowa", "Akacjowa", "Boczna", "Widokowa", "Stawowa", "Dworska",
        "Parkowa", "Sadowa",
    )
]

# fmt: on

VILLAGES_WITH_STREETS = ["Olszynki Nowe", "Lipiny Dworskie", "Zalesie Regionalne", "Brzezina Mała"]

VILLAGES = [
    "Dębowa Górka",
    "Wierzbówka",
    "Kamionka Dolna",
    "Kamionka Górna",
    "Podlesie Stare",
    "Rudawka Polna",
    "Sosnowy Bór",
    "Zagrody",
    "Piaskowice Małe",
    "Stawiszki",
    "Młynary Leśne",
    "Borówek",
    "Łęgi Nadrzeczne",
    "Kalinówka",
    "Jesionka",
]

HAMLETS = ["Podgaje", "Za Rzeką", "Poręba", "Wygoda", "Kolonia", "Stara Karczma", "Pod Lasem", "Górki"]
