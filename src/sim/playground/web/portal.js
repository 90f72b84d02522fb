// What is switched for the bot outside of its program: privileged intents and the permissions of its role.

/** https://docs.discord.com/developers/events/gateway#privileged-intents */
export const INTENTS = [
  { name: "GUILD_PRESENCES", label: "Presence Intent" },
  { name: "GUILD_MEMBERS", label: "Server Members Intent" },
  { name: "MESSAGE_CONTENT", label: "Message Content Intent" },
];

const bit = (place) => 1n << BigInt(place);
const ADMINISTRATOR = bit(3);

/** https://docs.discord.com/developers/topics/permissions#permissions-bitwise-permission-flags */
export const PERMISSIONS = [
  ["View Channels", 10], ["Send Messages", 11], ["Send Messages in Threads", 38], ["Embed Links", 14], ["Attach Files", 15], ["Add Reactions", 6],
  ["Use External Emoji", 18], ["Mention @everyone", 17], ["Read Message History", 16], ["Create Polls", 49], ["Manage Messages", 13], ["Pin Messages", 51],
  ["Create Public Threads", 35], ["Create Private Threads", 36], ["Manage Threads", 34], ["Manage Channels", 4], ["Manage Roles", 28],
  ["Manage Webhooks", 29], ["Create Expressions", 43], ["Manage Expressions", 30], ["Change Nickname", 26], ["Manage Nicknames", 27],
  ["Kick Members", 1], ["Ban Members", 2], ["Time Out Members", 40], ["View Audit Log", 7], ["Manage Server", 5], ["Create Events", 44],
  ["Manage Events", 33], ["Connect", 20], ["Move Members", 24],
].map(([label, place]) => ({ label, bits: bit(place) }));

/** The intents that are off in the developer portal. */
export function intentsOff(store) {
  return INTENTS.filter(({ name }) => !store.intentsOn.has(name));
}

/** The permissions of the list that the bot's role in the first server does not have. */
export function permissionsMissing(store) {
  const guild = [...store.guilds.values()][0];
  const role = [...(guild?.roles.values() ?? [])].find((role) => role.tags?.bot_id === store.bot?.id);
  if (!role || (BigInt(role.permissions) & ADMINISTRATOR) !== 0n) return [];
  return PERMISSIONS.filter(({ bits }) => (BigInt(role.permissions) & bits) === 0n);
}
