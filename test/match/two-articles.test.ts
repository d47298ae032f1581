import { describe, expect, it } from 'vitest'
import { contentJudge } from '../../src/match/content-judge.ts'
import { languageKnowledge } from '../../src/match/language-knowledge.ts'
import { ANY_TIME, anArticle, aPost } from './samples.ts'

const reef = anArticle('reef', {
  title: 'Philippine Coast Guard Films Chinese Water Cannon at Second Thomas Shoal',
  text: 'Manila released footage on March 5 of a Chinese coast guard ship firing a water cannon at a supply boat near the disputed reef. The crew was not hurt.',
})
const reefElsewhere = anArticle('reef-elsewhere', {
  title: 'Water Cannon Used Against Philippine Boat Near Disputed Reef',
  text: 'A Chinese coast guard ship fired a water cannon at a Philippine supply boat near Second Thomas Shoal on March 5, Manila said.',
})
const tanks = anArticle('tanks', {
  title: 'Poland Orders 180 More South Korean Tanks',
  text: 'Warsaw signed a contract worth $6.5 billion for K2 tanks, and will build 60 of them in Poland. Deliveries begin next year.',
})

const REEF = 'マニラは3月5日、係争中の礁の近くで中国海警局の船が補給船に放水銃を浴びせる映像を公開した。乗組員にけがはなかった。'
const TANKS = 'ワルシャワは65億ドルのK2戦車の契約に署名し、うち60両をポーランドで製造する。引き渡しは来年始まる。'

const judge = contentJudge(languageKnowledge())
for (const article of [reef, reefElsewhere, tanks]) judge.add(article)
const first = (headline: string, text: string) => judge.within(ANY_TIME).candidates(aPost({ headline, text }))[0]

describe('a post about two articles', () => {
  it('is forced onto neither: it is no more than proposed, and the other one is named', () => {
    const best = first('フィリピン沿岸警備隊が放水銃を撮影、ポーランドは韓国製戦車180両を追加発注', `${REEF}${TANKS}`)
    expect(best?.score).toBeLessThanOrEqual(0.9)
    const other = best?.original.entry === 'reef' ? tanks : reef
    expect(best?.evidence).toContainEqual({ kind: 'two-originals', other: other.url })
  })

  it('is not what two outlets made of one event', () => {
    const best = first('フィリピン沿岸警備隊、セカンド・トーマス礁での中国の放水銃を撮影', REEF)
    expect(best?.original.entry).toBe('reef')
    expect(best?.evidence.some(({ kind }) => kind === 'two-originals')).toBe(false)
  })
})
