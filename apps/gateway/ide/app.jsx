import './workers.js';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { GraphiQL } from 'graphiql';
import { createClient } from 'graphql-ws';
import { useEffect, useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './ide.css';
import { SAMPLE_OPERATIONS } from './sample-operations.js';
import { firstToken, TokenField } from './token-field.jsx';

const graphql = new URL('/graphql', location.href);
const socket = new URL(graphql);
socket.protocol = graphql.protocol === 'https:' ? 'wss:' : 'ws:';

const TABS = SAMPLE_OPERATIONS.map((query) => ({ query }));

function Page() {
  const [token, setToken] = useState(firstToken);
  const client = useMemo(
    () => createClient({ url: socket.href, connectionParams: { token }, retryAttempts: 0 }),
    [token],
  );
  useEffect(() => () => void client.dispose(), [client]);
  const fetcher = useMemo(
    () =>
      createGraphiQLFetcher({
        url: graphql.href,
        wsClient: client,
        headers: token === '' ? {} : { authorization: `Bearer ${token}` },
      }),
    [client, token],
  );
  // Another token may see another graph: start over, so that the schema is read with it.
  return (
    <div className="page">
      <TokenField token={token} onToken={setToken} />
      <div className="graphiql">
        <GraphiQL key={token} fetcher={fetcher} defaultTabs={TABS} />
      </div>
    </div>
  );
}

createRoot(document.getElementById('ide')).render(<Page />);
