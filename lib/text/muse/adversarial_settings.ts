/**
 * Settings of the adversarial game (`adversarial.ts`), apart from it so that a recipe can name them without its code.
 * @module
 */

/** Settings of the game; the comments give MUSE's values, which it uses for 200,000 words of 300 numbers. */
export interface Adversarial {
  /** 5 */
  readonly epochs: number;
  /** Words that an epoch's mapping steps see in all: 1,000,000, that is 31,250 steps. */
  readonly epoch_size: number;
  /** Words of each language in a batch: 32 */
  readonly batch_size: number;
  /** Steps of the discriminator before each step of the mapping: 5 */
  readonly dis_steps: number;
  /** 2 hidden layers of 2048 */
  readonly dis_layers: number;
  readonly dis_hidden: number;
  /** Dropout of its input: 0.1 */
  readonly dis_dropout: number;
  /** What its labels are short of 0 and 1: 0.1 */
  readonly dis_smooth: number;
  /** Words that take part, by frequency: 75,000 */
  readonly dis_most_frequent: number;
  /** Of both: 0.1 */
  readonly lr: number;
  /** Factor of the mapping's rate after every epoch: 0.98; in worse epochs: 0.5; it stays above `min_lr`: 1e-6 */
  readonly lr_decay: number;
  readonly lr_shrink: number;
  readonly min_lr: number;
  /** Strength of the pull towards an orthogonal matrix: 0.001 */
  readonly map_beta: number;
}

/** MUSE's own settings. */
export const MUSE: Adversarial = {
  epochs: 5,
  epoch_size: 1_000_000,
  batch_size: 32,
  dis_steps: 5,
  dis_layers: 2,
  dis_hidden: 2048,
  dis_dropout: 0.1,
  dis_smooth: 0.1,
  dis_most_frequent: 75_000,
  lr: 0.1,
  lr_decay: 0.98,
  lr_shrink: 0.5,
  min_lr: 1e-6,
  map_beta: 0.001,
};
