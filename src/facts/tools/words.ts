/** The words of a name in `snake_case`, `kebab-case`, `dotted.case` or `camelCase`, or of a sentence. */
export function wordsOf(text: string): readonly string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** What words are about. A tool is recognised by what its name and its description say together. */
export const about = {
  deleting: beginning(
    'delet remov destr drop purg clear wip eras reset truncat kill terminat revok uninstall shut stop restart reboot halt abort cancel forget ban$ rm$ del$',
  ),
  /** What a run must not reach, whatever a tool is good for besides. */
  outward: just(
    'mail email inbox sms phone slack discord telegram whatsapp tweet webhook newsletter payment pay refund invoice purchase checkout money customer recipient shell sql',
  ),
  /** What a tool may read that is not the server's own: a call of it may cost money. */
  outside: just(
    'web website internet online url http https api remote external upstream search crawl scrape google bing github gitlab wikipedia llm model live',
  ),
  /** What a tool of a server on this machine may change that is not the server's own. */
  elsewhere: just(
    'file folder directory directorie disk drive path database sql table query querie command process script code program browser page network host cluster container docker kubernetes pod cloud aws gcp azure s3 bucket git repo repository repositorie branch jira trello notion asana linear stripe calendar meeting appointment contact people light lamp thermostat lock camera printer speaker music playlist robot motor vehicle car trade stock bank account wallet crypto user password secret credential key certificate patient production',
  ),
  /** What a run must not do: looked for in names alone, because descriptions use these words of other things as well. */
  acting: just(
    'publish post upload deploy release commit merge push submit invite transfer charge buy order book bill execute exec run bash script spawn eval print issue ticket comment device door alarm install share',
  ),
  sending: just('send sending sent dispatch deliver forward broadcast'),
  /** Tools that say of themselves that they stand for nothing else. */
  trying: beginning('test simulat demo dummy mock sampl exampl fake conformance'),
  /** What a server asks its client for, by the names that the protocol has for it; sampling is a word of statistics, too. */
  eliciting: beginning('elicit'),
  sampling: just('sampling'),
  sampled: beginning('llm client mcp language'),
  asking: just('ask prompt confirm collect request'),
  /** Who sits at a client. */
  asked: just('user client caller human person traveller traveler customer you visitor operator'),
  messages: beginning('notif logging progress announc emit log$ logs$ updates$ subscri'),
  slowness: beginning('slow sleep wait delay timer countdown paus long$ longrunning linger last$ lasts$'),
  /** What counts down, and countries, are something else. */
  counting: beginning('count$ counts$ counter counting$ counted$ incr tally tick$ bump hit$ hits$'),
  untilNothing: just('countdown down timer until'),
  remembering: beginning('remember memor memo jot note scratch stash recall'),
  /** What can be kept for a session without touching anything else. */
  keeping: just(
    'note notebook memo memory memorie scratch scratchpad jot jotting pad notepad word text value kv key state session var variable stash buffer hashcheck line slot thing string',
  ),
  /** What a tool makes for its client, to be named by an id. */
  named: just('cart basket counter tally handle game canvas sketch quiz puzzle cursor context notepad box'),
  /** What belongs to a session, or to its user, where that is said. */
  things: just('item entry entrie todo element'),
  owning: just('your my own session'),
  /** What is meant for all is no state of a session. */
  common: just('everybody everyone anybody public shared global common community'),
  writing: just(
    'write append add store save set put remember note jot record keep memorize memorise stash down insert assign hold',
  ),
  /** What is worked out changes nothing. */
  computing: just(
    'compute calculate plan estimate transcribe translate walk work analyze analyse simulate generate render scan count check search find measure inspect compare summarize summarise report preview process forecast survey audit draft sort test',
  ),
  reading: just(
    'get read list show recall load view retrieve fetch return tell dump current describe info status who whoami count display look lookup all content back reveal peek what',
  ),
  /** With what the description of a tool begins that changes nothing: who is told to return or to load something may be moving it. */
  stating: just(
    'get list show tell read find returns compute calculate count estimate compare describe all what',
  ),
  /** What is named so does more than it may say first. */
  making: just(
    'create make new open start begin update edit change move replace assign reserve take give borrow register schedule mark apply enable disable toggle switch',
  ),
  sessions: just('session sessionid'),
  naming: just('id whoami identifier info identity current session me name'),
} as const satisfies Readonly<Record<string, RegExp>>;

export function speaksOf(words: readonly string[], what: keyof typeof about): boolean {
  return words.some((word) => about[what].test(word));
}

/** Each with what may stand behind it, or with `$` by itself. */
function beginning(stems: string): RegExp {
  return new RegExp(`^(?:${stems.split(' ').join('|')})`);
}

/** Each by itself, or in the plural. */
function just(words: string): RegExp {
  return new RegExp(`^(?:${words.split(' ').join('|')})s?$`);
}
