import pg from 'pg';

/**
 * A first start that was stopped while it loaded the demonstration leaves half of it. Nothing in there is anybody's, so
 * that the embedded database is made anew; an outside one is left alone and the start says what to do.
 */
export async function discardInterruptedDemonstration(url: string, embedded: boolean, say: (line: string) => void): Promise<void> {
  if (!(await isInterrupted(url))) return;
  if (!embedded) throw new Error('Loading the demonstration was interrupted earlier: give DATABASE_URL an empty database, or set FAIRSHARE_DEMO=off.');
  say('An earlier start was interrupted while it loaded the demonstration; it is loaded anew.');
  const name = new URL(url).pathname.slice(1);
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  const client = new pg.Client({ connectionString: maintenance.href });
  await client.connect();
  try {
    await client.query(`drop database ${client.escapeIdentifier(name)} with (force)`);
    await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function isInterrupted(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows: tables } = await client.query(`select to_regclass('public.trail') as trail`);
    if (!(tables[0] as { trail: string | null }).trail) return false;
    await client.query(`select set_config('app.collaborations', '*', false)`);
    const { rows } = await client.query<{ action: string }>(`select action from trail where subject_kind = 'demonstration'`);
    const actions = rows.map((row) => row.action);
    return actions.includes('demonstration.began') && !actions.includes('demonstration.loaded');
  } finally {
    await client.end();
  }
}
