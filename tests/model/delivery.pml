/* A delivery as a model: lease, wave, takeover, sweep, cancel, second round. Its steps are named like the services.
 *
 * Time is left out: what the clock decides (a lease that ran out, a moment that has come, whether to hand over) may
 * happen whenever the clocks allow it. A document that is written on a precondition has a set of those who read it
 * as it is now (`seen_*`, a bit for each agent): a write is refused for everybody else. For a slice this is its log:
 * the entry after the last one that a worker knows cannot be created twice.
 *
 * -DWITHOUT_<NAME> takes a precondition away. -DSYMMETRY takes states for one that differ only in which worker or
 * which slice is which. -DREPLAY follows traces of the exploration instead of everything that can happen.
 */

#include "words.pml"
#ifdef REPLAY
#include "replay.pml"
#endif
#ifdef SYMMETRY
#include "alike.pml"
#endif
#include "services.pml"
#include "faults.pml"

#define AGENT(me) \
  START_ALERT(me) \
  EACH_DELIVERY(BEGIN_DELIVERY, me) \
  BEGIN_DELIVERY_ON(me) \
  EACH_SLICE(DELIVER_SLICE, me) \
  DELIVER_SLICE_ON(me) \
  FINISH_DELIVERY(me) \
  CRASH(me) \
  EXPIRE(me)

#define SWEEP(me) \
  RESTART_ALERTS(me) \
  EACH_DELIVERY(RESUME_DELIVERIES, me) \
  EACH_SLICE(RESUME_SLICES, me) \
  SWEEP_ON(me) \
  FINISH_DELIVERY(me) \
  CRASH(me)

#ifndef REPLAY

/* When nothing can happen any more, everything has come to its end. */
#define settled ((alert == CANCELLED && delivery[0] == NONE) || (over(0) && over(ROUNDS - 1)))

active proctype everybody() {
end:
  do
  AGENT(0)
#if WORKERS > 1
  AGENT(1)
#endif
  SWEEP(WORKERS)
  CANCEL
  LOSE_START
  EACH_DELIVERY(LOSE_BEGIN, 0)
  EACH_SLICE(LOSE, 0)
  EACH_SLICE(COME_DUE, 0)
  :: timeout -> promise(settled, NEVER_STUCK); break
  od
}

#endif
