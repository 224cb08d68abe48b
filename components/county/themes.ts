import { css } from 'lit';

/** The looks that a portal can ask for instead of the plain one. */
export const themes = css`
  :host([theme='dark']) {
    color-scheme: dark;
    --mq-color-ink: #e8eef4;
    --mq-color-soft: #aab8c5;
    --mq-color-line: #3a4753;
    --mq-color-field-line: #8494a4;
    --mq-color-paper: #17202a;
    --mq-color-wash: #202c38;
    --mq-color-tint: #24405e;
    --mq-color-main: #8cbcf2;
    --mq-color-main-ink: #0d1a28;
    --mq-color-alert: #ff9a8d;
    --mq-color-good: #7fd3a1;
  }
  :host([theme='portal']) {
    --mq-color-ink: #262626;
    --mq-color-soft: #5c5650;
    --mq-color-line: #e0d8d0;
    --mq-color-field-line: #8a8079;
    --mq-color-wash: #faf7f3;
    --mq-color-tint: #fbeeea;
    --mq-color-main: #a8191f;
    --mq-color-alert: #8a3c00;
    --mq-color-good: #1d6b3f;
    --mq-color-focus: #a8191f;
    --mq-radius: 2px;
  }
  :host([theme='contrast']) {
    --mq-color-ink: #000000;
    --mq-color-soft: #1f1f1f;
    --mq-color-line: #000000;
    --mq-color-field-line: #000000;
    --mq-color-wash: #ffffff;
    --mq-color-tint: #ffffff;
    --mq-color-main: #00357f;
    --mq-color-alert: #8a0000;
    --mq-color-focus: #b35900;
  }
`;
