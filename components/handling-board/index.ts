export { HandlingBoard } from './handling-board.ts';
