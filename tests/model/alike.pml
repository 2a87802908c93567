/* States that differ only in which worker or which slice is which, taken for one. Every step ends here. */

c_code {
  static void swap(uchar *one, uchar *other) { uchar kept = *one; *one = *other; *other = kept; }

  static void swap_bits(uchar *seen) { *seen = (*seen & ~3) | ((*seen & 1) << 1) | ((*seen & 2) >> 1); }

  static int on_slice(int w) { return now.at[w] <= LAST_ON_SLICE; }

  static unsigned long rank_of_slice(int i) {
    return ((((((unsigned long) now.slice[i] * 8 + now.slice_task[i]) * 8 + now.cursor[i]) * 2 + now.held[i]) * 16
      + now.seen_slice[i]) * 64 + now.sent[i]) * 8 + now.excused[i];
  }

  static void swap_slices(int i) {
    int w;
    swap(&now.slice[i], &now.slice[i + 1]); swap(&now.slice_task[i], &now.slice_task[i + 1]);
    swap(&now.cursor[i], &now.cursor[i + 1]); swap(&now.held[i], &now.held[i + 1]);
    swap(&now.seen_slice[i], &now.seen_slice[i + 1]); swap(&now.sent[i], &now.sent[i + 1]);
    swap(&now.excused[i], &now.excused[i + 1]);
    for (w = 0; w < AGENTS; w++)
      if (on_slice(w) && (now.on[w] == i || now.on[w] == i + 1)) now.on[w] = 2 * i + 1 - now.on[w];
  }

  static unsigned long rank_of_worker(int w) {
    int n;
    unsigned long rank = (((now.at[w] * 8 + now.on[w]) * 8 + now.wave[w]) * 2 + now.may[w]) * 2 + now.misled[w];
    rank = rank * 2 + ((now.seen_alert >> w) & 1);
    for (n = 0; n < ROUNDS; n++) rank = rank * 2 + ((now.seen_delivery[n] >> w) & 1);
    for (n = 0; n < PARTS; n++) rank = rank * 2 + ((now.seen_slice[n] >> w) & 1);
    return rank;
  }

  static void swap_workers(void) {
    int n;
    swap(&now.at[0], &now.at[1]); swap(&now.on[0], &now.on[1]); swap(&now.wave[0], &now.wave[1]);
    swap(&now.may[0], &now.may[1]); swap(&now.misled[0], &now.misled[1]);
    swap_bits(&now.seen_alert);
    for (n = 0; n < ROUNDS; n++) swap_bits(&now.seen_delivery[n]);
    for (n = 0; n < PARTS; n++) swap_bits(&now.seen_slice[n]);
  }

  /* What nobody will ask about a slice that is done, once nobody works on it. */
  static void forget(int i) {
    int w;
    if (now.slice[i] > LAST_DONE) return;
    for (w = 0; w < WORKERS; w++) if (on_slice(w) && now.on[w] == i) return;
    now.excused[i] = 0;
    if (now.slice[i] == ONLY_CUT) { now.cursor[i] = 0; now.sent[i] = 0; }
  }

  /* The one state that stands for all that differ only in which worker or slice is which. */
  static void stand_for_alike(void) {
    int n;
    for (n = 0; n < PARTS; n++) forget(n);
    if (SLICES > 1)
      for (n = 0; n < PARTS; n += SLICES) if (rank_of_slice(n) > rank_of_slice(n + 1)) swap_slices(n);
    if (WORKERS > 1 && rank_of_worker(0) > rank_of_worker(1)) swap_workers();
  }
}
