import 'minqing/components';
import type {} from 'minqing/jsx';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

// A real portal returns the token of its own login here. Outside the component, so that it stays the same one.
const token = async (): Promise<string> => {
  const body = JSON.stringify({ county: 'huantai', id: 'huantai-author-1' });
  return (await (await fetch('/demo/token', { method: 'POST', body })).json()).token;
};

function Page() {
  const [language, setLanguage] = useState<'zh' | 'en'>('zh');
  const [sent, setSent] = useState<string[]>([]);
  return (
    <>
      <h1>县政协门户</h1>
      <p>
        <button type="button" onClick={() => setLanguage(language === 'zh' ? 'en' : 'zh')}>
          中文 / English
        </button>
      </p>
      <mq-county county="huantai" language={language} token={token}>
        <mq-report-form
          kind="report"
          onmq-done={(event) => setSent((before) => [...before, event.detail.id])}
        />
      </mq-county>
      <p role="status">
        本页已提交 {sent.length} 篇:{sent.join('、')}
      </p>
    </>
  );
}

const app = document.querySelector('#app');
if (app)
  createRoot(app).render(
    <StrictMode>
      <Page />
    </StrictMode>,
  );
