/** The same for a format that has newlines and tabs in its texts, and that somebody may yet look at on a terminal. */
export declare const visibleLines: (text: string) => string;
/** The same for sentences of several lines. */
export declare const visibleText: (text: string) => string;
/** Whether it may go to a terminal as it stands, on one line. */
export declare const isPrintable: (text: string) => boolean;
/** Text that may go to a terminal: what is not printable stands as the language's `\xHH` (or `\n`, `\t`). */
export declare const visible: (text: string) => string;
