import { openGallery } from './serve.ts';

const { address } = await openGallery(Number(process.argv[2] ?? 8788));
console.log(`gallery: ${address}`);
