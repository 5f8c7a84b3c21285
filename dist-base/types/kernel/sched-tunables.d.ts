/** kernel/sched_fair.c, 2.6.26: sysctl_sched_latency, _min_granularity, _wakeup_granularity; ns. */
export declare const SCHED_LATENCY = 20000000;
export declare const MIN_GRANULARITY = 4000000;
export declare const WAKEUP_GRANULARITY = 10000000;
/** kernel/sched.c: the weight of nice 0. */
export declare const NICE_0_WEIGHT = 1024;
