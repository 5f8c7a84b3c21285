/** The rules by which a machine can reclaim in the background: one card a file in policy/. */
export declare const policies: readonly [{
    readonly name: 'rfc';
    readonly called: 'memcontd';
    readonly about: 'a charge above high wakes a thread of the cgroup, memcontd, which reclaims down to low';
    readonly home: 'Linux 2.6.26';
    readonly source: "the series \"memcg: background reclaim (v1)\" of May 2008";
    readonly reclaimer: 'memcontd';
    readonly runs: 'when woken';
    readonly start: {
        readonly name: 'high';
        readonly file: 'high_wmark_in_bytes';
        readonly knob: 'high_wmark_in_bytes';
    };
    readonly stop: {
        readonly name: 'low';
        readonly file: 'low_wmark_in_bytes';
        readonly knob: 'low_wmark_in_bytes';
    };
    readonly files: readonly [import("./types.ts").ControlFile, import("./types.ts").ControlFile, import("./types.ts").ControlFile];
    readonly boot: 'boot.memcg';
    readonly step: typeof import("./memcontd.ts").memcontdStep;
    readonly knobs: (marks: import("./policy/policy.ts").WantedMarks) => import("./policy/policy.ts").Knob[];
}, {
    readonly name: 'none';
    readonly about: 'nobody reclaims in the background: tasks that meet the limit free pages themselves';
    readonly home: 'Linux 2.6.26';
    readonly source: 'the kernel as it was before the series';
    readonly reclaimer: 'memcontd';
    readonly runs: 'never';
    readonly start: null;
    readonly stop: null;
    readonly files: readonly [];
    readonly boot: 'boot-wmarks-off.memcg';
    readonly knobs: (marks: import("./policy/policy.ts").WantedMarks) => import("./policy/policy.ts").Knob[];
}, {
    readonly name: 'alinux';
    readonly about: 'a charge above a part of the limit queues a work, which frees what lies above the lower mark and ends';
    readonly home: 'Alibaba Cloud Linux 2 and 3';
    readonly source: "Alibaba Cloud Linux, \"Memcg backend asynchronous reclaim\" and \"Memcg global minimum watermark rating\" of its manual";
    readonly reclaimer: 'memcg_wmark';
    readonly runs: 'when woken';
    readonly start: {
        readonly name: 'high';
        readonly file: 'wmark_high';
        readonly knob: 'wmark_ratio';
    };
    readonly stop: {
        readonly name: 'low';
        readonly file: 'wmark_low';
        readonly knob: 'wmark_scale_factor';
    };
    readonly files: readonly import("./types.ts").ControlFile[];
    readonly newState: (parent: import("./types.ts").MemCgroup | null) => import("./policy/alinux.ts").AlinuxState;
    readonly marks: (memcg: import("./types.ts").MemCgroup) => {
        start: import("../kernel/units.ts").Pages;
        stop: import("../kernel/units.ts").Pages;
    } | null;
    readonly thread: (memcg: import("./types.ts").MemCgroup) => "memcg_wmark" | null;
    readonly step: (mm: import("./types.ts").Mm, thread: import("./types.ts").Task, memcg: import("./types.ts").MemCgroup) => import("../kernel/sched.ts").StepEnd;
    readonly marked: (mm: import("./types.ts").Mm, memcg: import("./types.ts").MemCgroup) => void;
    readonly knobs: (marks: import("./policy/policy.ts").WantedMarks) => import("./policy/policy.ts").Knob[];
    readonly applied: (found: import("./policy/policy.ts").FoundMarks, isOwn: boolean) => import("./policy/policy.ts").Application;
}, {
    readonly name: 'kswapd2011';
    readonly about: 'a charge above the higher mark wakes a kswapd of the cgroup, which reclaims down to the lower one';
    readonly home: 'Linux 2.6.39, by patches that were not taken';
    readonly source: "Ying Han, \"[PATCH V5 00/10] memcg: per cgroup background reclaim\", linux-mm, April 2011";
    readonly reclaimer: 'kswapd';
    readonly runs: 'when woken';
    readonly start: {
        readonly name: 'low';
        readonly file: 'reclaim_wmarks';
        readonly knob: 'low_wmark_distance';
    };
    readonly stop: {
        readonly name: 'high';
        readonly file: 'reclaim_wmarks';
        readonly knob: 'high_wmark_distance';
    };
    readonly files: readonly import("./types.ts").ControlFile[];
    readonly newState: () => import("./policy/kswapd2011.ts").Kswapd2011State;
    readonly marks: (memcg: import("./types.ts").MemCgroup) => {
        start: import("../kernel/units.ts").Pages;
        stop: import("../kernel/units.ts").Pages;
    } | null;
    readonly thread: (memcg: import("./types.ts").MemCgroup) => string | null;
    readonly heeds: (_mm: import("./types.ts").Mm, memcg: import("./types.ts").MemCgroup, usage: number, count: number) => boolean;
    readonly step: (mm: import("./types.ts").Mm, thread: import("./types.ts").Task, memcg: import("./types.ts").MemCgroup) => import("../kernel/sched.ts").StepEnd;
    readonly knobs: (marks: import("./policy/policy.ts").WantedMarks) => import("./policy/policy.ts").Knob[];
}, {
    readonly name: 'memory.high';
    readonly about: 'tasks that charge above it reclaim as much themselves, and are slowed down; nobody does so for them';
    readonly home: 'Linux 5.19, cgroup v2';
    readonly source: "cgroup v2, Documentation/admin-guide/cgroup-v2.rst and mm/memcontrol.c of Linux 5.19";
    readonly reclaimer: 'memory.high';
    readonly runs: 'in tasks';
    readonly start: {
        readonly name: 'memory.high';
        readonly file: 'high';
        readonly knob: 'high';
    };
    readonly stop: null;
    readonly files: readonly [import("./types.ts").ControlFile, import("./types.ts").ControlFile];
    readonly newState: () => import("./policy/memory-high.ts").MemoryHighState;
    readonly marks: (memcg: import("./types.ts").MemCgroup) => {
        start: import("../kernel/units.ts").Pages;
        stop: import("../kernel/units.ts").Pages;
    } | null;
    readonly heeds: (mm: import("./types.ts").Mm, _memcg: import("./types.ts").MemCgroup, _usage: number, count: number) => false;
    readonly doNotifyResume: (mm: import("./types.ts").Mm, task: import("./types.ts").Task) => import("../kernel/sched.ts").StepEnd | null;
    readonly knobs: (marks: import("./policy/policy.ts").WantedMarks) => import("./policy/policy.ts").Knob[];
    readonly applied: ({ limit, high }: import("./policy/policy.ts").FoundMarks, isOwn: boolean) => {
        name: string;
        title: string;
        lines: string[];
        note: string;
    } | null;
}, {
    readonly name: 'reclaim-loop';
    readonly about: 'a loop in user space looks at the usage by the clock, and writes batches to memory.reclaim';
    readonly home: 'Linux 5.19, cgroup v2';
    readonly source: 'a loop in the manner of koordinator (its pull request 3189) and senpai';
    readonly reclaimer: 'the loop';
    readonly runs: 'by the clock';
    readonly start: {
        readonly name: 'start';
        readonly file: 'reclaim_loop.start';
        readonly knob: 'reclaim_loop.start';
    };
    readonly stop: {
        readonly name: 'target';
        readonly file: 'reclaim_loop.target';
        readonly knob: 'reclaim_loop.target';
    };
    readonly files: readonly import("./types.ts").ControlFile[];
    readonly newState: (parent: import("./types.ts").MemCgroup | null) => import("./policy/reclaim-loop.ts").ReclaimLoopState;
    readonly marks: (memcg: import("./types.ts").MemCgroup) => {
        start: import("../kernel/units.ts").Pages;
        stop: import("../kernel/units.ts").Pages;
    } | null;
    readonly thread: (memcg: import("./types.ts").MemCgroup) => "reclaim-loop" | null;
    readonly heeds: () => false;
    readonly step: (mm: import("./types.ts").Mm, thread: import("./types.ts").Task, memcg: import("./types.ts").MemCgroup) => import("../kernel/sched.ts").StepEnd;
    readonly knobs: (marks: import("./policy/policy.ts").WantedMarks) => import("./policy/policy.ts").Knob[];
    readonly sooner: import("./policy/policy.ts").Knob;
    readonly applied: ({ limit, high, low }: import("./policy/policy.ts").FoundMarks) => import("./policy/policy.ts").Application | null;
}];
