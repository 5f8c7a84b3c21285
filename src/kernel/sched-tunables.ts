/** kernel/sched_fair.c, 2.6.26: sysctl_sched_latency, _min_granularity, _wakeup_granularity; ns. */
export const SCHED_LATENCY = 20_000_000;
export const MIN_GRANULARITY = 4_000_000;
export const WAKEUP_GRANULARITY = 10_000_000;

/** kernel/sched.c: the weight of nice 0. */
export const NICE_0_WEIGHT = 1024;
