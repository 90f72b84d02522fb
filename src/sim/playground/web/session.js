// The state of the shards' sessions, as it shows in the frames. It draws nothing.

const MAX_HISTORY = 60;

export class Sessions {
  constructor() {
    this.shards = new Map();
    this.byConnection = new Map();
  }

  list() {
    return [...this.shards.values()];
  }

  get isConnected() {
    return this.list().some((shard) => shard.state === "connected");
  }

  /** Takes the sessions that exist when the page has connected: `[{ connection, shard, session_id, seq }]`. */
  startWith(sessions) {
    // The program may be another one now, which numbers its connections from the start.
    this.byConnection.clear();
    const live = new Set(sessions.map(({ shard }) => shard.join("/")));
    for (const known of this.list()) if (!live.has(known.name) && known.state !== "disconnected") change(known, "disconnected", new Date(), "the program has ended");
    for (const { connection, shard, session_id: session, seq } of sessions) {
      const known = this.shard(shard.join("/"));
      Object.assign(known, { session, seq });
      this.byConnection.set(connection, known);
      if (known.state !== "connected") change(known, "connected", new Date(), "connected when the page was opened");
    }
  }

  /** Takes a frame: `{ connection, by_client, frame: { op, d, s, t } }`. */
  frame({ connection, by_client: isByClient, frame }, at) {
    if (!frame) return;
    const shard = isByClient && (frame.op === 2 || frame.op === 6) ? this.begin(connection, frame) : this.byConnection.get(connection);
    if (!shard) return;
    if (isByClient) this.sent(shard, frame, at);
    else this.received(shard, frame, at);
  }

  /** A connection has ended: `{ connection, code, by_client }`. */
  ended({ connection, code }, at) {
    const shard = this.byConnection.get(connection);
    if (!shard) return;
    this.byConnection.delete(connection);
    change(shard, "disconnected", at, code ? `closed with ${code}` : "the connection ended");
  }

  note(text) {
    for (const shard of this.shards.values()) remember(shard, new Date(), text);
  }

  begin(connection, frame) {
    const name = frame.op === 2 ? (frame.d.shard ?? [0, 1]).join("/") : this.ownerOf(frame.d.session_id) ?? "0/1";
    const shard = this.shard(name);
    shard.heartbeats = shard.acks = 0;
    this.byConnection.set(connection, shard);
    return shard;
  }

  shard(name) {
    if (!this.shards.has(name)) {
      this.shards.set(name, { name, state: "connecting", session: null, seq: null, heartbeats: 0, acks: 0, latency: null, identifies: 0, resumes: 0, history: [] });
    }
    return this.shards.get(name);
  }

  ownerOf(session) {
    return [...this.shards.values()].find((shard) => shard.session === session)?.name;
  }

  sent(shard, { op, d }, at) {
    if (op === 1) {
      if (shard.heartbeats > shard.acks) change(shard, "zombie", at, "a heartbeat was not acknowledged");
      shard.heartbeats += 1;
      shard.beatAt = at;
    } else if (op === 2) {
      shard.identifies += 1;
      change(shard, "identifying", at, "identify: a new session");
    } else if (op === 6) {
      shard.resumes += 1;
      change(shard, "resuming", at, `resume after sequence ${d.seq}`);
    }
  }

  received(shard, { op, t, s, d }, at) {
    if (s) shard.seq = s;
    if (op === 11) {
      shard.acks += 1;
      shard.latency = at - shard.beatAt;
      if (shard.state === "zombie") change(shard, "connected", at, "acknowledged again");
    } else if (t === "READY") {
      shard.session = d.session_id;
      change(shard, "connected", at, "ready");
    } else if (t === "RESUMED") {
      change(shard, "connected", at, "resumed: what was missed has been replayed");
    } else if (op === 7) {
      change(shard, "reconnecting", at, "Discord asks to reconnect");
    } else if (op === 9) {
      change(shard, d ? "reconnecting" : "gap", at, d ? "invalid session, can be resumed" : "invalid session: what was missed is lost");
    }
  }
}

function change(shard, state, at, text) {
  shard.state = state;
  remember(shard, at, text);
}

function remember(shard, at, text) {
  shard.history.push({ at, text });
  if (shard.history.length > MAX_HISTORY) shard.history.shift();
}
