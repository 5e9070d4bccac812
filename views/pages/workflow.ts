declare module '../pages.js' {
  interface Pages {
    'workflow/finding': { readonly number: string; readonly title: string; readonly here: string; readonly diagram: DiagramView; readonly travelled: readonly string[] };
    'workflow/show': { readonly diagram: DiagramView; readonly certificate: string | null };
  }
}

/** A picture of nodes and arrows; classes say what is marked, labels are in the reader's language. */
export interface DiagramView {
  readonly label: string;
  readonly box: string;
  readonly groups: readonly { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly label: string; readonly labelX: number; readonly labelY: number }[];
  readonly nodes: readonly { readonly x: number; readonly y: number; readonly w: number; readonly h: number; readonly cx: number; readonly cy: number; readonly label: string; readonly tone: string }[];
  readonly edges: readonly { readonly path: string; readonly tone: string; readonly lines: readonly { readonly text: string; readonly x: number; readonly y: number }[] }[];
}
