/** A region with the names people know it by. */
export interface Region {
  readonly id: string;
  readonly partition: 'aws' | 'aws-cn' | 'aws-us-gov' | 'aws-eusc';
  readonly names: { readonly en: string; readonly 'zh-CN': string; readonly ja: string };
}

type Row = readonly [id: string, en: string, zh: string, ja: string];

const COMMERCIAL: readonly Row[] = [
  ['us-east-1', 'N. Virginia', '弗吉尼亚北部', 'バージニア北部'],
  ['us-east-2', 'Ohio', '俄亥俄', 'オハイオ'],
  ['us-west-1', 'N. California', '加利福尼亚北部', '北カリフォルニア'],
  ['us-west-2', 'Oregon', '俄勒冈', 'オレゴン'],
  ['af-south-1', 'Cape Town', '开普敦', 'ケープタウン'],
  ['ap-east-1', 'Hong Kong', '香港', '香港'],
  ['ap-east-2', 'Taipei', '台北', '台北'],
  ['ap-south-1', 'Mumbai', '孟买', 'ムンバイ'],
  ['ap-south-2', 'Hyderabad', '海得拉巴', 'ハイデラバード'],
  ['ap-northeast-1', 'Tokyo', '东京', '東京'],
  ['ap-northeast-2', 'Seoul', '首尔', 'ソウル'],
  ['ap-northeast-3', 'Osaka', '大阪', '大阪'],
  ['ap-southeast-1', 'Singapore', '新加坡', 'シンガポール'],
  ['ap-southeast-2', 'Sydney', '悉尼', 'シドニー'],
  ['ap-southeast-3', 'Jakarta', '雅加达', 'ジャカルタ'],
  ['ap-southeast-4', 'Melbourne', '墨尔本', 'メルボルン'],
  ['ap-southeast-5', 'Malaysia', '马来西亚', 'マレーシア'],
  ['ap-southeast-6', 'New Zealand', '新西兰', 'ニュージーランド'],
  ['ap-southeast-7', 'Thailand', '泰国', 'タイ'],
  ['ca-central-1', 'Canada Central', '加拿大中部', 'カナダ中部'],
  ['ca-west-1', 'Calgary', '卡尔加里', 'カルガリー'],
  ['eu-central-1', 'Frankfurt', '法兰克福', 'フランクフルト'],
  ['eu-central-2', 'Zurich', '苏黎世', 'チューリッヒ'],
  ['eu-west-1', 'Ireland', '爱尔兰', 'アイルランド'],
  ['eu-west-2', 'London', '伦敦', 'ロンドン'],
  ['eu-west-3', 'Paris', '巴黎', 'パリ'],
  ['eu-north-1', 'Stockholm', '斯德哥尔摩', 'ストックホルム'],
  ['eu-south-1', 'Milan', '米兰', 'ミラノ'],
  ['eu-south-2', 'Spain', '西班牙', 'スペイン'],
  ['il-central-1', 'Tel Aviv', '特拉维夫', 'テルアビブ'],
  ['me-central-1', 'UAE', '阿联酋', 'アラブ首長国連邦'],
  ['me-south-1', 'Bahrain', '巴林', 'バーレーン'],
  ['mx-central-1', 'Mexico', '墨西哥', 'メキシコ'],
  ['sa-east-1', 'São Paulo', '圣保罗', 'サンパウロ'],
];

const CHINA: readonly Row[] = [
  ['cn-north-1', 'Beijing', '北京', '北京'],
  ['cn-northwest-1', 'Ningxia', '宁夏', '寧夏'],
];

const GOVERNMENT: readonly Row[] = [
  ['us-gov-west-1', 'GovCloud West', 'GovCloud 西部', 'GovCloud 西部'],
  ['us-gov-east-1', 'GovCloud East', 'GovCloud 东部', 'GovCloud 東部'],
];

const SOVEREIGN: readonly Row[] = [['eusc-de-east-1', 'Brandenburg', '勃兰登堡', 'ブランデンブルク']];

/** The regions offered by name. AWS opens new ones: where a region is asked for, any well-formed id is taken. */
export const REGIONS: readonly Region[] = [
  ...COMMERCIAL.map((row) => region('aws', row)),
  ...CHINA.map((row) => region('aws-cn', row)),
  ...GOVERNMENT.map((row) => region('aws-us-gov', row)),
  ...SOVEREIGN.map((row) => region('aws-eusc', row)),
];

/** Whether a text has the form of a region's id. */
export function isRegionId(text: string): boolean {
  return /^[a-z]{2,4}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/** Regions of the partition that `regionId` belongs to; those of AWS's commercial partition where that is not known. */
export function regionsBeside(regionId: string | undefined): readonly Region[] {
  const partition = REGIONS.find((candidate) => candidate.id === regionId)?.partition ?? 'aws';
  return REGIONS.filter((candidate) => candidate.partition === partition);
}

/** The name of a region in a language of the screen; the id of regions opened since. */
export function regionName(regionId: string, language: keyof Region['names']): string {
  return REGIONS.find(({ id }) => id === regionId)?.names[language] ?? regionId;
}

/** A region as it is offered: its name and its id. */
export function regionLabel(regionId: string, language: keyof Region['names']): string {
  const name = regionName(regionId, language);
  return name === regionId ? regionId : `${name} · ${regionId}`;
}

function region(partition: Region['partition'], [id, en, zh, ja]: Row): Region {
  return { id, partition, names: { en, 'zh-CN': zh, ja } };
}
