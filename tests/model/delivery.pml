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

#define WORK(me) \
  START_ALERT(me) \
  EACH_DELIVERY(BEGIN_DELIVERY, me) \
  BEGIN_DELIVERY_ON(me) \
  EACH_SLICE(DELIVER_SLICE, me) \
  DELIVER_SLICE_ON(me) \
  EXPIRE(me)

#define SWEEP(me) \
  RESTART_ALERTS(me) \
  EACH_DELIVERY(RESUME_DELIVERIES, me) \
  EACH_SLICE(RESUME_SLICES, me) \
  SWEEP_ON(me)

#define WORKER(me) WORK(me) FINISH_DELIVERY(me) CRASH(me)
#define SWEEPER(me) SWEEP(me) FINISH_DELIVERY(me) CRASH(me)

#ifdef REPLAY

#define RUN(me) \
  WORK(me) \
  SWEEP(me) \
  FINISH_DELIVERY(me) \
  CRASH(me) \
  END_RUN(me) \
  EACH_DELIVERY(ASK, me) \
  EACH_SLICE(ASK_SLICE, me)

active proctype replay() {
  c_code { load(); };
  do
  :: c_expr { now.led_by + 1 < traces } -> led_by = led_by + 1
  :: break
  od;
  c_code { set_out(); };
end:
  do
  ALL_AGENTS(RUN)
  CANCEL
  :: d_step { c_expr { is_last () } -> c_code { arrive(); } }
  od
}

#else

/* When nothing can happen any more, everything has come to its end. */
#define settled ((alert == CANCELLED && delivery[0] == NONE) || (over(0) && over(ROUNDS - 1)))

active proctype everybody() {
end:
  do
  WORKER(0)
#if WORKERS > 1
  WORKER(1)
#endif
  SWEEPER(WORKERS)
  CANCEL
  LOSE_START
  EACH_DELIVERY(LOSE_BEGIN, 0)
  EACH_SLICE(LOSE, 0)
  EACH_SLICE(COME_DUE, 0)
  :: timeout -> promise(settled, NEVER_STUCK); break
  od
}

#endif
