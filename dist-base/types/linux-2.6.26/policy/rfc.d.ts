import { memcontdStep } from '../memcontd.ts';
import type { ControlFile } from '../types.ts';
export declare const RFC: {
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
    readonly files: readonly [ControlFile, ControlFile, ControlFile];
    readonly boot: 'boot.memcg';
    readonly step: typeof memcontdStep;
    readonly knobs: (marks: import("./policy.ts").WantedMarks) => import("./policy.ts").Knob[];
};
