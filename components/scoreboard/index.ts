export { Scoreboard } from './scoreboard.ts';
