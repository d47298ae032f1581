const FORMS = `
be: am is are was were been being
have: has had having
do: does did done doing
go: goes went gone
say: says said
make: made
take: took taken
come: came
see: saw seen
know: knew known
get: got gotten
give: gave given
find: found
think: thought
tell: told
become: became
leave: left
feel: felt
put: puts putting
bring: brought
begin: began begun beginning
keep: kept
hold: held
write: wrote written
stand: stood
hear: heard
let: lets letting
mean: meant
set: sets setting
meet: met
run: ran running
pay: paid
sit: sat
speak: spoke spoken
lie: lay lain lying
lead: led
grow: grew grown
lose: lost
fall: fell fallen
send: sent
build: built
understand: understood
draw: drew drawn
break: broke broken
spend: spent
cut: cuts cutting
rise: rose risen rising
drive: drove driven
buy: bought
wear: wore worn
choose: chose chosen
seek: sought
fight: fought
fly: flew flown flies
throw: threw thrown
catch: caught
deal: dealt
win: won winning
forget: forgot forgotten
hide: hid hidden
strike: struck striking stricken
shoot: shot
sell: sold
teach: taught
hit: hits hitting
hurt: hurts
sing: sang sung
sink: sank sunk
swim: swam swum
shake: shook shaken
steal: stole stolen
swear: swore sworn
tear: tore torn
wake: woke woken
withdraw: withdrew withdrawn
overthrow: overthrew overthrown
undergo: underwent undergone
bear: bore borne born
beat: beaten
bind: bound
bite: bit bitten
blow: blew blown
breed: bred
burst: bursts
cast: casts
cost: costs
creep: crept
dig: dug
eat: ate eaten
feed: fed
flee: fled
forbid: forbade forbidden
forgive: forgave forgiven
freeze: froze frozen
hang: hung
lay: laid
lend: lent
light: lit
mistake: mistook mistaken
quit: quits
read: reads
ride: rode ridden
ring: rang rung
shut: shuts
slide: slid
spin: spun
split: splits
spread: spreads
spring: sprang sprung
stick: stuck
sweep: swept
tread: trod
weave: wove woven
weep: wept
wind: wound
man: men
woman: women
child: children
foot: feet
tooth: teeth
life: lives
wife: wives
knife: knives
leaf: leaves
half: halves
thief: thieves
crisis: crises
analysis: analyses
medium: media
criterion: criteria
phenomenon: phenomena
die: died dies dying
tie: tied ties tying
good: better best
bad: worse worst
far: further farther
news:
series:
species:
`

/** Stems of irregular forms, and of words that are their own. */
export const IRREGULAR_FORMS: ReadonlyMap<string, string> = new Map(
  FORMS.trim()
    .split('\n')
    .flatMap(line => {
      const [base = '', forms = ''] = line.split(':')
      return [
        base,
        ...forms
          .trim()
          .split(' ')
          .filter(form => form !== ''),
      ].map(form => [form, base] as const)
    }),
)
