// Texts to begin with, as municipalities send them most; what stands in braces must be filled in.

/** @typedef {{id: string, category: string, severity: string, hours: number, title: string, body: string}} Template */

/** @type {Template[]} `hours`: until it usually ends */
export const TEMPLATES = [
  {
    id: 'water',
    category: 'failure',
    severity: 'Moderate',
    hours: 8,
    title: 'Brak wody: ul. {ulica}',
    body:
      'Pękła rura. Wody nie będzie do ok. {godzina}. Beczkowóz: {miejsce}, od {godzina_od}. ' +
      'Zakręć krany. Nie włączaj pralki. Pytania: {telefon}.',
  },
  {
    id: 'boil',
    category: 'warning',
    severity: 'Severe',
    hours: 48,
    title: '{miejscowość}: przegotuj wodę',
    body:
      'W wodzie są bakterie grupy coli. Do picia i posiłków używaj przegotowanej. Także do mycia naczyń i kąpieli ' +
      'noworodków. Do WC bez ograniczeń. Komunikat PPIS nr {numer}.',
  },
  {
    id: 'road',
    category: 'disruption',
    severity: 'Minor',
    hours: 24,
    title: 'Zamknięta ul. {ulica}',
    body: 'Od {od} do {do}. Objazd: {objazd}. Dojazd do posesji od ul. {dojazd}.',
  },
  {
    id: 'storm',
    category: 'warning',
    severity: 'Severe',
    hours: 12,
    title: 'Silna burza: dziś {godziny}',
    body:
      'Porywy do {porywy} km/h. Schowaj rzeczy z balkonu. Zostań w domu. Naładuj telefon. ' +
      'Nie dotykaj zerwanych przewodów: 112. Źródło: IMGW, {stopień}.',
  },
  {
    id: 'flood',
    category: 'warning',
    severity: 'Extreme',
    hours: 12,
    title: 'Ewakuacja: ul. {ulica}',
    body:
      'Rzeka przelewa wał. Wyjdź teraz. Autobusy: {miejsce}. Nie możesz wyjść? 112. Weź dokumenty, leki, telefon. ' +
      'Pomóż sąsiadom. Schronienie: {schronienie}.',
  },
  {
    id: 'smoke',
    category: 'warning',
    severity: 'Severe',
    hours: 6,
    title: 'Dym z pożaru: {miejscowość}',
    body:
      'Zamknij okna, wyłącz wentylację, zostań w domu. Duszności? Dzwoń 112. Nie blokuj dróg. ' +
      'Następna informacja: {godzina}.',
  },
  {
    id: 'waterBack',
    category: 'failure',
    severity: 'Minor',
    hours: 6,
    title: 'Woda wróciła: ul. {ulica}',
    body:
      'Awaria usunięta. Spuszczaj zimną wodę, aż będzie przejrzysta. Nadal mętna po godzinie? Zadzwoń: {telefon}.',
  },
  {
    id: 'meeting',
    category: 'event',
    severity: 'Minor',
    hours: 72,
    title: 'Zebranie wiejskie: {miejscowość}',
    body: '{dzień}, {godzina}, {miejsce}. Temat: {temat}. Pomysły przyjmuje sołtys do {termin}.',
  },
];
