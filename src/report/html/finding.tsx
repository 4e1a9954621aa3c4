import type { JSX } from 'preact';
import { plural } from '../../model/plural.js';
import { curlOf } from '../curl.js';
import { againWords } from '../evidence.js';
import { saysNoMore, whyOf } from '../terminal/findings.js';
import { visible } from '../visible.js';
import type { Case, Scene } from './cases.js';
import { Checks } from './check-links.js';
import { ExchangeView } from './exchange.js';
import { Lanes, roleSays } from './lanes.js';
import { bounded, Copyable, Link, Row, sentence, wired } from './parts.js';
import type { Page } from './page-model.js';

/** All that a reader needs to see a finding, to believe it, to mend it and to meet it again. */
export function FindingView({
  one,
  page,
  isOpen,
}: {
  readonly one: Case;
  readonly page: Page;
  readonly isOpen: boolean;
}): JSX.Element {
  const { finding, leader, scene, number } = one;
  const { requirement, link, checks, folded, undecided = [], controls = [] } = finding;
  return (
    <>
      {!saysNoMore(leader) && <p class="lead">{sentence(bounded(whyOf(leader)))}</p>}
      <div class="columns">
        <dl>
          <Row term="Requirement">
            {sentence(requirement.says)} <Keys keys={requirement.keys} link={link} />
          </Row>
          {requirement.why !== undefined && <Row term="Why">{requirement.why}</Row>}
          {controls.length > 0 && <Row term="Controls">{controls.join(', ')}</Row>}
          {requirement.fix !== undefined && (
            <div class="fix">
              <dt>What to change</dt>
              <dd>{requirement.fix}</dd>
            </div>
          )}
        </dl>
        <Observed one={one} />
      </div>
      {scene !== undefined && (
        <SceneView scene={scene} page={page} label={`finding ${number}`} isOpen={isOpen} />
      )}
      {scene === undefined && (
        <p class="aside">What went over the wire is not shown here; the recording, run.ndjson, has it.</p>
      )}
      <h4>Reproduce it</h4>
      <Copyable
        label="command that examines it again"
        text={againWords(leader, page.report, page.again).join(' ')}
      />
      {scene !== undefined && <Curl scene={scene} page={page} />}
      <Checks title="Checks that show it" ids={checks} page={page} />
      <Checks title="Checks that fail because of it" ids={folded} page={page} />
      <Checks title="Checks that it keeps undecided" ids={undecided} page={page} />
    </>
  );
}

function Keys({
  keys,
  link,
}: {
  readonly keys: readonly string[];
  readonly link: string | undefined;
}): JSX.Element {
  return (
    <span class="keys">
      {keys.length > 0 && `${keys.join(', ')} `}
      {link !== undefined && <Link to={link} />}
    </span>
  );
}

/** What was sent, what would have been right, what came, and what the same request got where it is right. */
function Observed({ one: { finding, leader } }: { readonly one: Case }): JSX.Element {
  const seen = finding.example ?? leader.evidence[0];
  if (seen === undefined) return <p class="aside">{bounded(leader.message)}</p>;
  const { sent, acceptable, came, control } = seen;
  return (
    <dl class="observed">
      <Row term="Sent">
        <code>{bounded(sent)}</code>
      </Row>
      <Row term="Acceptable">
        <code>{bounded(acceptable)}</code>
      </Row>
      <div class="decisive">
        <dt>Came</dt>
        <dd>
          <code>{bounded(came)}</code>
        </dd>
      </div>
      {control !== undefined && (
        <Row term="Control">
          <code>{bounded(control)}</code>
        </Row>
      )}
    </dl>
  );
}

function SceneView({
  scene,
  page,
  label,
  isOpen,
}: {
  readonly scene: Scene;
  readonly page: Page;
  readonly label: string;
  readonly isOpen: boolean;
}): JSX.Element {
  const { transcript, attempt, decides, beside, controlled } = scene;
  const twins = beside.slice(0, 1);
  const said = beside.length === 0 ? '' : controlled ? ' and its control' : ' and what it is compared with';
  return (
    <>
      <h4>
        {`What went over the wire in ${wired(transcript.check)}`}
        {attempt.of > 1 && `, attempt ${attempt.number} of ${attempt.of}`}
      </h4>
      <Lanes scene={scene} label={`Exchanges of ${label}, in order of time`} />
      <details class="wires" open={isOpen}>
        <summary>{`The exchange${said}, with all header fields`}</summary>
        <div class="pair">
          <ExchangeView exchange={decides} title={roleSays.decides} path={page.path} />
          {twins.map((twin) => (
            <ExchangeView
              exchange={twin}
              title={roleSays[controlled ? 'control' : 'beside']}
              path={page.path}
            />
          ))}
        </div>
        {beside.length > 1 && (
          <p class="aside">{`${plural(beside.length - 1, 'more exchange')} beside it, in the recording`}</p>
        )}
      </details>
    </>
  );
}

function Curl({ scene: { decides }, page }: { readonly scene: Scene; readonly page: Page }): JSX.Element {
  const made = curlOf(decides, page.report.target.url);
  if ('because' in made) return <p class="aside">{`No curl command: ${made.because}`}</p>;
  const shown = made.command.split('\n').map(visible).join('\n');
  const isWhole = shown.length <= curlCharsMax;
  return (
    <details>
      <summary>The request that decides, for curl</summary>
      {isWhole ? (
        <Copyable label="curl command" text={shown} />
      ) : (
        <p class="aside">It is too long to be copied from a page; it is in the recording.</p>
      )}
      {made.remarks.map((remark) => (
        <p class="aside">{wired(remark)}</p>
      ))}
    </details>
  );
}

const curlCharsMax = 6_000;
