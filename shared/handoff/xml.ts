/** XML in and out through xmldom: documents are built and edited as trees, and strangers' documents are read within bounds. Pure. */
import { DOMImplementation, DOMParser, type Document, type Element, type Node, XMLSerializer } from '@xmldom/xmldom';
import { refused } from '../errors.ts';

export type { Document, Element } from '@xmldom/xmldom';

/** A feature film's edit has some ten million characters. */
export const editBounds = { maxCharacters: 40_000_000, maxDepth: 200 } as const;

export function newDocument(root: string): Document {
  const dom = new DOMImplementation();
  return dom.createDocument(null, root, dom.createDocumentType(root, '', ''));
}

type Attributes = Readonly<Record<string, string | number | undefined>>;

export interface XmlBuilder {
  /** Attributes that are undefined are left out. */
  element(name: string, attributes?: Attributes, children?: readonly Element[]): Element;
  /** `<name>text</name>`. */
  text(name: string, content: string | number): Element;
}

export function xmlBuilder(document: Document): XmlBuilder {
  const element = (name: string, attributes: Attributes = {}, children: readonly Element[] = []) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== undefined) made.setAttribute(key, String(value));
    }
    for (const child of children) made.appendChild(child);
    return made;
  };
  return {
    element,
    text(name, content) {
      const made = element(name);
      made.appendChild(document.createTextNode(String(content)));
      return made;
    },
  };
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Indented, with the declaration that readers look for. */
export function documentText(document: Document): string {
  if (document.documentElement) indent(document, document.documentElement, '\n');
  const text = new XMLSerializer().serializeToString(document);
  return `${declaration}${text.replace(/^(<!DOCTYPE [^>]*>)/, '$1\n')}\n`;
}

/** Of what we built ourselves: elements that hold elements get a line each, those that hold text stay as they are. */
function indent(document: Document, parent: Element, lineBreak: string): void {
  const inner = `${lineBreak}  `;
  const children = childElements(parent);
  if (children.length === 0) return;
  for (const child of children) {
    parent.insertBefore(document.createTextNode(inner), child);
    indent(document, child, inner);
  }
  parent.appendChild(document.createTextNode(lineBreak));
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

/** Puts `element` behind `before` (null: first), on a line of its own where its neighbours have one. */
export function insertAfter(parent: Element, element: Element, before: Element | null): void {
  const document = parent.ownerDocument as Document;
  const next = before ? before.nextSibling : parent.firstChild;
  const lead = indentOf(before ?? childElements(parent)[0] ?? null);
  const own = indentOf(parent);
  if (lead !== null) parent.insertBefore(document.createTextNode(lead), next);
  else if (own !== null) parent.insertBefore(document.createTextNode(`${own}    `), next);
  parent.insertBefore(element, next);
  const line = lead ?? (own === null ? null : `${own}    `);
  if (line !== null) indent(document, element, line);
  if (lead === null && own !== null && !next) parent.appendChild(document.createTextNode(own));
}

/** The line break and space in front of an element; null: it stands on the line of something else. */
function indentOf(element: Element | null): string | null {
  const before = element?.previousSibling;
  const text = before && before.nodeType === 3 ? (before.nodeValue ?? '') : '';
  return /^\s*\n\s*$/.test(text) ? text.slice(text.lastIndexOf('\n')) : null;
}
