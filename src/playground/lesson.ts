/** A script of fixtures/, to be played with. */
export interface Lesson {
  readonly name: string;
  readonly text: string;
}
