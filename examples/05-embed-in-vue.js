// In Vite: vue({ template: { compilerOptions: { isCustomElement: (tag) => tag.startsWith('mq-') } } }).
import 'minqing/components';
import { createApp } from 'vue';
import Page from './05-embed-in-vue.vue';

createApp(Page).mount('#app');
