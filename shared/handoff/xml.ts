/** XML in and out through xmldom: documents are built and edited as trees, and strangers' documents are read within bounds. Pure. */
import { DOMImplementation, DOMParser, type Document, type Element, type Node, XMLSerializer } from '@xmldom/xmldom';
import { refused } from '../errors.ts';

export type { Document, Element } from '@xmldom/xmldom';

/** A feature film's edit has some ten million characters. */
export const editBounds = { maxCharacters: 40_000_000, maxDepth: 200 } as const;

type Attributes = Readonly<Record<string, string | number | undefined>>;

/** An element to be: made in one pass from the root on, since putting nodes between others costs xmldom a walk each time. */
export interface XmlSpec {
  name: string;
  attributes: Attributes;
  /** Of an edit: elements taken over as they are. */
  children: readonly (XmlSpec | Element)[];
  text: string | null;
}

/** Attributes that are undefined are left out. */
export function element(name: string, attributes: Attributes = {}, children: XmlSpec['children'] = []): XmlSpec {
  return { name, attributes, children, text: null };
}

/** `<name>content</name>`. */
export const textElement = (name: string, content: string | number): XmlSpec => ({
  ...element(name),
  text: String(content),
});

/** Elements that hold elements get a line for each, below `lineBreak`; those that hold text stay on theirs. */
function build(document: Document, spec: XmlSpec, lineBreak: string): Element {
  const made = document.createElement(spec.name);
  for (const [key, value] of Object.entries(spec.attributes)) {
    if (value !== undefined) made.setAttribute(key, String(value));
  }
  if (spec.text !== null) made.appendChild(document.createTextNode(spec.text));
  const inner = `${lineBreak}  `;
  for (const child of spec.children) {
    made.appendChild(document.createTextNode(inner));
    made.appendChild('nodeType' in child ? child : build(document, child, inner));
  }
  if (spec.children.length > 0) made.appendChild(document.createTextNode(lineBreak));
  return made;
}

/** A whole document of its own type, with the declaration that readers look for. */
export function documentText(root: XmlSpec): string {
  const dom = new DOMImplementation();
  const document = dom.createDocument(null, '', dom.createDocumentType(root.name, '', ''));
  document.appendChild(build(document, root, '\n'));
  const text = new XMLSerializer().serializeToString(document);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${text.replace(/^(<!DOCTYPE [^>]*>)/, '$1\n')}\n`;
}

export interface ParsedXml {
  document: Document;
  root: Element;
  /** The whole document again: what was not touched is as it was read. */
  text(): string;
}

/** Throws refused under `over`: too large, no XML, entities of its own, nested without end. */
export function parseEdit(text: string): ParsedXml {
  if (text.length > editBounds.maxCharacters) throw editTooLarge(text.length);
  const content = text.replace(/^\uFEFF/, '').trimStart();
  const document = parse(content);
  const root = document.documentElement;
  if (!root) throw refused('over', 'handoff.editUnreadable', { detail: 'no root element' });
  if (document.doctype?.internalSubset) throw refused('over', 'handoff.editEntities');
  assertDepth(document);
  const head = /^<\?xml[^>]*\?>\s*/.exec(content)?.[0] ?? '';
  return {
    document,
    root,
    text() {
      const body = new XMLSerializer().serializeToString(document).replace(/^<\?xml[^>]*\?>\s*/, '');
      return `${head.replace(/encoding=(["'])[^"']*\1/, 'encoding="UTF-8"')}${body}\n`;
    },
  };
}

export const editTooLarge = (characters: number) =>
  refused('over', 'handoff.editTooLarge', {
    foundMB: (characters / 1e6).toFixed(1),
    maxMB: editBounds.maxCharacters / 1e6,
  });

function parse(text: string): Document {
  let problem = '';
  const onError = (level: string, message: string) => {
    // Entities of its own are refused by what they are, not by the first one that is used.
    if (level === 'warning') return;
    problem ||= message;
    throw new Error(message);
  };
  try {
    return new DOMParser({ locator: false, onError }).parseFromString(text, 'text/xml');
  } catch (error) {
    if (/<!ENTITY/i.test(text.slice(0, 100_000))) throw refused('over', 'handoff.editEntities');
    const detail = (problem || String(error)).replace(/\s+/g, ' ').slice(0, 200);
    throw refused('over', 'handoff.editUnreadable', { detail });
  }
}

/** Without recursion: this is what keeps later steps, which do recur, from running out of stack. */
function assertDepth(document: Document): void {
  let node: Node | null = document.documentElement;
  let depth = 1;
  while (node) {
    if (depth > editBounds.maxDepth) throw refused('over', 'handoff.editUnreadable', { detail: `depth ${depth}` });
    if (node.firstChild) {
      node = node.firstChild;
      depth += 1;
      continue;
    }
    while (node && !node.nextSibling) {
      node = node.parentNode;
      depth -= 1;
      if (node === document.documentElement || node === document) return;
    }
    node = node?.nextSibling ?? null;
  }
}

const ELEMENT_NODE = 1;
const isElement = (node: Node): node is Element => node.nodeType === ELEMENT_NODE;

export function childElements(parent: Node, name?: string): Element[] {
  const found: Element[] = [];
  for (let node = parent.firstChild; node; node = node.nextSibling) {
    if (isElement(node) && (name === undefined || node.tagName === name)) found.push(node);
  }
  return found;
}

export const childElement = (parent: Node, name: string): Element | null => childElements(parent, name)[0] ?? null;

/** The text of a child, without space around it; null: there is no such child. */
export const childText = (parent: Node, name: string): string | null =>
  childElement(parent, name)?.textContent?.trim() ?? null;

export function parentElement(node: Node): Element | null {
  const parent = node.parentNode;
  return parent && isElement(parent) ? parent : null;
}

/** The nearest element above that is called one of these. */
export function ancestor(node: Node, ...names: readonly string[]): Element | null {
  let above = parentElement(node);
  while (above && !names.includes(above.tagName)) above = parentElement(above);
  return above;
}

export const descendants = (root: Element, name: string): Element[] => [...root.getElementsByTagName(name)];

/** Makes `spec` behind `before` (null: first), on a line of its own where its neighbours have one. */
export function insertAfter(parent: Element, spec: XmlSpec, before: Element | null): Element {
  const document = parent.ownerDocument as Document;
  const next = before ? before.nextSibling : parent.firstChild;
  const neighbour = indentOf(before ?? childElements(parent)[0] ?? null);
  const own = indentOf(parent);
  const line = neighbour ?? (own === null ? null : `${own}  `);
  const made = build(document, spec, line ?? '\n');
  if (line !== null) parent.insertBefore(document.createTextNode(line), next);
  parent.insertBefore(made, next);
  if (neighbour === null && own !== null && !next) parent.appendChild(document.createTextNode(own));
  return made;
}

/** The line break and space in front of an element; null: it stands on the line of something else. */
function indentOf(element: Element | null): string | null {
  const before = element?.previousSibling;
  const text = before && before.nodeType === 3 ? (before.nodeValue ?? '') : '';
  return /^\s*\n\s*$/.test(text) ? text.slice(text.lastIndexOf('\n')) : null;
}
