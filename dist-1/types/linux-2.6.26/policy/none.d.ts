/** The kernel without background reclaim. */
export declare const NONE: {
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
    readonly knobs: (marks: import("./policy.ts").WantedMarks) => import("./policy.ts").Knob[];
};
