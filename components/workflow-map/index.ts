export { WorkflowMap } from './workflow-map.ts';
