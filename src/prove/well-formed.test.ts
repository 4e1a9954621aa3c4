import { expect, test } from 'vitest';
import { isWellFormed } from './hostile.js';

test.each([
  '<?xml version="1.0"?>\n<a b="1 &lt; 2"><c/>text &amp; more<![CDATA[<script> & ]]></a>',
  '<a/>\n',
])('%s is well-formed', (text) => expect(isWellFormed(text)).toBe(true));

test.each([
  '<a>',
  '<a></b>',
  '<a b="<"/>',
  '<a>&</a>',
  '<a>\u0000</a>',
  '<a b=1/>',
  '<a><b></a></b>',
  '</a>',
])('%s is not', (text) => expect(isWellFormed(text)).toBe(false));
